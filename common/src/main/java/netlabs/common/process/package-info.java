/** Other programs, seen from outside: started, listened to, stopped. */
package netlabs.common.process;
