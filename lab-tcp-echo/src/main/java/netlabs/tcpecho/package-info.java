/**
 * The iterative TCP server and its client (LABS.md §1): one client at a time, the others wait.
 *
 * <p>Read {@link netlabs.tcpecho.TcpEchoServer} and {@link netlabs.tcpecho.TcpEchoClient}: the
 * socket calls of the lab stand there and in the one class that each names first.
 */
package netlabs.tcpecho;
