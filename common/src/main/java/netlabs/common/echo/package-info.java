/**
 * The text exercise that the threaded and the selector server share (LABS.md §3 and §4): its console
 * lines, its client, its demo. The servers themselves are in the labs.
 */
package netlabs.common.echo;
