/**
 * LABS.md §4: one thread, a selector and its keys. Open {@link netlabs.selector.SelectorServer} first:
 * it names the classes with the event loop.
 */
package netlabs.selector;
