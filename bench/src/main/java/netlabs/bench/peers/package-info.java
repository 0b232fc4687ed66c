/**
 * What the labs are compared with: the same job done bare, or by Netty, Jetty and microhttp. Each program takes a port as
 * its first argument (0 for a free one) and prints the labs' ready line.
 */
package netlabs.bench.peers;
