/**
 * What a program prints: the transcript, the diagnostics, and how untrusted text is made harmless.
 */
package netlabs.common.console;
