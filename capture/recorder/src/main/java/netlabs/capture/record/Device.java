package netlabs.capture.record;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import netlabs.common.LabException;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapAddress;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;
import org.pcap4j.core.Pcaps;

/**
 * An interface that libpcap knows.
 *
 * @param name what {@code -i} takes
 * @param description what it is; empty where libpcap has no word for it
 * @param addresses its IP addresses
 * @param up whether it is
 * @param loopback whether it is
 * @param linkType the name of the link type of what is recorded there; empty where it could not be opened
 * @param refusal why it could not be opened, as libpcap says it; null if it could
 */
public record Device(
        String name,
        String description,
        List<InetAddress> addresses,
        boolean up,
        boolean loopback,
        String linkType,
        String refusal) {
    private static final int READ_MILLIS = 1;

    /**
     * Finds all of them, and tries to open each.
     *
     * @throws LabException if there is no libpcap, or if there are interfaces and this user may open none
     */
    public static List<Device> all() {
        List<Device> devices = new ArrayList<>();
        for (PcapNetworkInterface each : Libpcap.devices()) {
            devices.add(of(each));
        }
        return devices;
    }

    private static Device of(PcapNetworkInterface found) {
        List<InetAddress> addresses = new ArrayList<>();
        for (PcapAddress each : found.getAddresses()) {
            if (each.getAddress() != null) {
                addresses.add(each.getAddress());
            }
        }
        String linkType = "";
        String refusal = null;
        try {
            PcapHandle handle = new PcapHandle.Builder(found.getName())
                    .snaplen(Recorder.SNAPLEN)
                    .promiscuousMode(PromiscuousMode.NONPROMISCUOUS)
                    .timeoutMillis(READ_MILLIS)
                    .build();
            if (found.getName().equals(Recorder.ANY)) {
                Recorder.setSll2(handle); // as it is recorded
            }
            linkType = Pcaps.dataLinkValToName(handle.getDlt().value());
            handle.close();
        } catch (PcapNativeException e) {
            refusal = Libpcap.refusal(e);
        } catch (NotOpenException e) {
            throw new IllegalStateException(e);
        }
        String description = found.getDescription();
        return new Device(
                found.getName(),
                description == null ? "" : description,
                addresses,
                found.isUp(),
                found.isLoopBack(),
                linkType,
                refusal);
    }

    /** What grants this user the permission, in one line. */
    public LabException noPermission() {
        return Platform.here().noPermission(name, null);
    }
}
