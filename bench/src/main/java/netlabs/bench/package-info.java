/** Runs the labs and their peers as processes, in turn, and prints how they compare: docs/bench.md. */
package netlabs.bench;
