package netlabs.selector;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import netlabs.common.console.Transcript;
import netlabs.common.net.EventTrace;
import netlabs.common.net.SocketAddresses;

/** {@code --trace}: the keys, their interest sets and their ready sets, as the loop goes. */
final class KeyTrace implements EventTrace {
    private static final int SHOWN_KEYS = 8;

    private final Transcript out;

    KeyTrace(Transcript out) {
        this.out = out;
    }

    @Override
    public void waits(Selector selector) {
        List<String> keys = new ArrayList<>();
        for (SelectionKey key : selector.keys()) {
            if (key.isValid()) {
                keys.add(name(key) + " " + set(key.interestOps()));
            }
        }
        keys.sort(null);
        String shown = String.join(", ", keys.subList(0, Math.min(keys.size(), SHOWN_KEYS)));
        line("select, " + keys.size() + (keys.size() == 1 ? " key" : " keys") + (keys.isEmpty() ? "" : ": ") + shown
                + (keys.size() > SHOWN_KEYS ? ", ... " + (keys.size() - SHOWN_KEYS) + " more" : ""));
    }

    @Override
    public void ready(SelectionKey key) {
        line("  key " + name(key) + "  interest " + set(key.interestOps()) + "  ready " + set(key.readyOps()));
    }

    @Override
    public void registered(SelectionKey key) {
        line("  registered " + name(key) + "  interest " + set(key.interestOps()));
    }

    @Override
    public void interestChanged(SelectionKey key, int before) {
        line("  key " + name(key) + "  interest " + set(before) + " -> " + set(key.interestOps()));
    }

    @Override
    public void closed(SelectionKey key) {
        line("  cancelled " + name(key));
    }

    private void line(String text) {
        out.line("[" + Thread.currentThread().getName() + "]: " + text);
    }

    /** The other side's address of a connection, the own one of the listening socket. */
    private static String name(SelectionKey key) {
        try {
            if (key.channel() instanceof ServerSocketChannel listener) {
                return SocketAddresses.tuple((InetSocketAddress) listener.getLocalAddress());
            }
            return SocketAddresses.tuple((InetSocketAddress) ((SocketChannel) key.channel()).getRemoteAddress());
        } catch (IOException e) {
            return "(closed)";
        }
    }

    private static String set(int operations) {
        StringBuilder names = new StringBuilder();
        add(names, operations, SelectionKey.OP_ACCEPT, "ACCEPT");
        add(names, operations, SelectionKey.OP_READ, "READ");
        add(names, operations, SelectionKey.OP_WRITE, "WRITE");
        return names.length() == 0 ? "(none)" : names.toString();
    }

    private static void add(StringBuilder names, int operations, int operation, String name) {
        if ((operations & operation) != 0) {
            names.append(names.length() == 0 ? "" : "|").append(name);
        }
    }
}
