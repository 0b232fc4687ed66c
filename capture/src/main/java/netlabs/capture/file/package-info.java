/** Capture files: pcap and pcapng, read without libpcap, a record after the other in one buffer. */
package netlabs.capture.file;
