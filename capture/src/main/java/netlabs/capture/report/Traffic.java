package netlabs.capture.report;

import java.net.InetAddress;
import netlabs.capture.analysis.Conversation;

/** Whether packets stayed on the host. */
enum Traffic {
    /** Both ends have an address of the loopback (127.0.0.0/8, ::1). */
    LOOPBACK("loopback"),
    /** Between hosts, or of a host with itself by another address than the loopback's. */
    EXTERNAL("external"),
    /** Of both kinds. */
    MIXED("loopback and external"),
    NONE("none");

    private final String text;

    Traffic(String text) {
        this.text = text;
    }

    static Traffic of(Conversation conversation) {
        InetAddress client = conversation.client().getAddress();
        InetAddress server = conversation.server().getAddress();
        return client.isLoopbackAddress() && server.isLoopbackAddress() ? LOOPBACK : EXTERNAL;
    }

    Traffic and(Traffic other) {
        return this == NONE || this == other ? other : other == NONE ? this : MIXED;
    }

    String text() {
        return text;
    }
}
