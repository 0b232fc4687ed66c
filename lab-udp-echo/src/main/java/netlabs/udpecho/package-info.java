/**
 * Datagrams: the UDP server, one socket for any number of clients, and its client (LABS.md §2).
 *
 * <p>Read {@link netlabs.udpecho.UdpServer} and {@link netlabs.udpecho.UdpClient}: every socket call
 * of the lab stands in these two files.
 */
package netlabs.udpecho;
