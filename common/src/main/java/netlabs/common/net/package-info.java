/**
 * What the TCP labs share: message boundaries, the connection that reads by them, the blocking
 * accept loop and its limits, addresses and errors in words.
 */
package netlabs.common.net;
