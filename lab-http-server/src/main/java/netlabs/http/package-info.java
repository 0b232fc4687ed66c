/**
 * The web server of LABS.md §7: {@link netlabs.http.WebServer} says which thread makes which socket call;
 * {@link netlabs.http.WebService} is the lab itself - receive, parse, find the file, send header and body.
 */
package netlabs.http;
