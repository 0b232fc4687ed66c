/** What is in a packet: link, network and transport header, and the bytes behind them. */
package netlabs.capture.packet;
