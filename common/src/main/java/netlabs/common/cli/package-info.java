/** The command line that every program has: subcommands, shared options, exit statuses. */
package netlabs.common.cli;
