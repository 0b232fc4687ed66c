package netlabs.bench;

/**
 * How long one request took.
 *
 * @param millis from the start of the process to its end
 */
record StartupFigures(double millis) {}
