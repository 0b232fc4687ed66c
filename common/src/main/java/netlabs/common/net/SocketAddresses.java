package netlabs.common.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Socket addresses in words. Transcripts write them as the lab sheets do, {@code ('127.0.0.1',
 * 59814)}; errors as a user types them, {@code 127.0.0.1:59814}. IPv6 addresses take the canonical
 * form of RFC 5952 §4, which {@link Inet6Address#getHostAddress} does not.
 */
public final class SocketAddresses {
    private SocketAddresses() {}

    /**
     * @return {@code ('127.0.0.1', 59814)} or {@code ('::1', 59814)}
     */
    public static String tuple(InetSocketAddress address) {
        return "('" + host(address.getAddress()) + "', " + address.getPort() + ")";
    }

    /**
     * @param host a name or an address, as the user wrote it
     * @return {@code localhost:5005}, {@code 127.0.0.1:5005} or {@code [::1]:5005}
     */
    public static String colon(String host, int port) {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }

    /**
     * @return dotted decimal, or RFC 5952 text with the scope of a link-local address behind {@code
     *     %}
     */
    public static String host(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address.getHostAddress();
        }
        byte[] bytes = address.getAddress();
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = (bytes[2 * i] & 0xff) << 8 | bytes[2 * i + 1] & 0xff;
        }
        String text = compress(groups);
        int percent = address.isLinkLocalAddress() ? address.getHostAddress().indexOf('%') : -1;
        return percent < 0 ? text : text + address.getHostAddress().substring(percent);
    }

    /** Writes the first longest run of at least two zero groups as {@code ::} (RFC 5952 §4.2). */
    private static String compress(int[] groups) {
        int start = -1;
        int length = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                start = i;
                length = end - i;
            }
            i = Math.max(i, end - 1);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == start) {
                text.append("::");
                i += length - 1;
                continue;
            }
            if (i > 0 && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
