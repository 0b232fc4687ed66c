/** What the tests of several modules share. */
package netlabs.common.testing;
