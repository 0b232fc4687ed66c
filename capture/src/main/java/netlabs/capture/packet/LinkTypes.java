package netlabs.capture.packet;

/** The LINKTYPE_ values (tcpdump.org/linktypes.html) whose packets can be read here. */
final class LinkTypes {
    /** BSD loopback: the address family in the byte order of the machine that captured. */
    static final int NULL = 0;

    static final int ETHERNET = 1;
    /** As these values are on some systems the DLT_RAW of the machine that captured. */
    static final int RAW_BSD = 12;

    static final int RAW_OPENBSD = 14;
    static final int RAW = 101;
    /** OpenBSD loopback: the address family in network byte order. */
    static final int LOOP = 108;
    /** Linux cooked v1: what {@code any} gives without asking. */
    static final int LINUX_SLL = 113;

    static final int IPV4 = 228;
    static final int IPV6 = 229;
    /** Linux cooked v2: with the number of the interface. */
    static final int LINUX_SLL2 = 276;

    private LinkTypes() {}
}
