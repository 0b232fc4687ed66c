package netlabs.bench;

/**
 * What a load generator is to do.
 *
 * @param warmUpMillis how long the load lasts before the window opens: the server's JIT compiler
 * @param measureMillis the length of the window
 * @param messages what is sent
 */
record LoadPlan(int warmUpMillis, int measureMillis, Messages messages) {}
