/** The ladder diagram: who sent what to whom, and when, as text and as a picture. */
package netlabs.capture.flow;
