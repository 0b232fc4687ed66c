package netlabs.filetransfer;

/** Is told how far a file has come. */
interface Progress extends AutoCloseable {
    /** Tells nobody. */
    Progress NONE = position -> {};

    /**
     * @param position in the file, in bytes
     */
    void reached(long position);

    @Override
    default void close() {}
}
