package netlabs.capture.analysis;

import netlabs.capture.packet.Packet;

/** The datagrams between two sockets. There is no connection: the client is who sent the first one. */
public final class UdpFlow extends Conversation {
    UdpFlow(int number, Packet first) {
        super(number, first, new Socket(), new Socket());
    }

    @Override
    int clientSide() {
        return 0;
    }
}
