/** What every exercise needs and none of them teaches. */
package netlabs.common;
