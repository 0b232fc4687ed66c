/** The program {@code capture}: its subcommands (LABS.md §8). */
package netlabs.capture;
