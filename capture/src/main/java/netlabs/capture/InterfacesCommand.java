package netlabs.capture;

import java.net.InetAddress;
import java.util.List;
import netlabs.capture.record.Device;
import netlabs.common.LabException;
import netlabs.common.cli.Subcommand;
import netlabs.common.console.Console;
import netlabs.common.console.Printable;
import netlabs.common.net.SocketAddresses;
import picocli.CommandLine.Model.CommandSpec;

/** {@code interfaces}. */
final class InterfacesCommand extends Subcommand {
    InterfacesCommand() {
        super("interfaces", "Lists the interfaces, and whether you may capture there: each is opened to find out.");
    }

    @Override
    protected void define(CommandSpec spec) {
        spec.usageMessage().footer("Where you may capture on none, the exit status is 1.");
    }

    @Override
    protected void run(CommandSpec parsed, Console console) {
        List<Device> devices = Device.all();
        int width = 0;
        boolean anyOpen = false;
        Listing listing = new Listing(console.out().stream());
        for (Device device : devices) {
            width = Math.max(width, device.name().length());
            anyOpen |= device.refusal() == null;
        }
        for (Device device : devices) {
            print(device, width, listing);
        }
        listing.flush();
        if (devices.isEmpty()) {
            throw new LabException("libpcap finds no interface here");
        }
        if (!anyOpen) {
            throw devices.get(0).noPermission();
        }
    }

    private static void print(Device device, int width, Listing listing) {
        StringBuilder line = new StringBuilder(device.name());
        while (line.length() < width) {
            line.append(' ');
        }
        line.append(device.up() ? "  up  " : "  down");
        line.append(device.loopback() ? "  loopback" : "          ");
        line.append(device.refusal() == null ? "  may capture  " : "  cannot capture: " + device.refusal());
        line.append(device.linkType());
        for (InetAddress address : device.addresses()) {
            line.append("  ").append(SocketAddresses.host(address));
        }
        if (!device.description().isEmpty()) {
            line.append("  (").append(device.description()).append(')');
        }
        listing.text().append(Printable.escape(line.toString().stripTrailing())).append('\n');
        listing.endLine();
    }
}
