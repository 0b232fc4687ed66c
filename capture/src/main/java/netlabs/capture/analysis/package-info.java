/** What a capture tells of its TCP streams and UDP flows. Frame, stream and sequence numbers are tshark's. */
package netlabs.capture.analysis;
