/** Recording with libpcap (pcap(3PCAP)), by way of pcap4j. Only this package knows of that library. */
package netlabs.capture.record;
