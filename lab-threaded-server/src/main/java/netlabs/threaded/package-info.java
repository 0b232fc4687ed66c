/**
 * LABS.md §3: a thread per client, and a chat. Open ThreadedServer first:
 * it names the class with the accept loop.
 */
package netlabs.threaded;
