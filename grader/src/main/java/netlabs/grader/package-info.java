/** Drives programs as processes and compares what they do with what the exercises ask for. */
package netlabs.grader;
