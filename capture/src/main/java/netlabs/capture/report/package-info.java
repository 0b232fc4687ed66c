/** The answers to a lab sheet's questions of a capture: as text, and as JSON (docs/capture-json.md). */
package netlabs.capture.report;
