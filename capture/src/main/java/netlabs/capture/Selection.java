package netlabs.capture;

import java.nio.file.Path;
import java.util.List;
import netlabs.capture.analysis.Conversation;
import netlabs.capture.analysis.Frame;
import netlabs.capture.analysis.TcpStream;
import netlabs.capture.analysis.UdpFlow;
import netlabs.common.LabException;
import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.UsageException;
import picocli.CommandLine.Model.CommandSpec;

/** The frames that {@code --stream} and {@code --udp-flow} pick; all where neither is given. */
final class Selection {
    private static final int NONE = -1;

    private final int stream;
    private final int flow;
    private boolean isEmpty = true;
    private int streams;
    private int flows;

    private Selection(int stream, int flow) {
        this.stream = stream;
        this.flow = flow;
    }

    static void addTo(CommandSpec spec) {
        spec.addPositional(CommonOptions.file("The capture: pcap or pcapng; - for the standard input."));
        spec.addOption(CommonOptions.number(
                "--stream", NONE, Integer.MAX_VALUE, NONE, "Only this TCP stream, numbered from 0; -1: all."));
        spec.addOption(CommonOptions.number(
                "--udp-flow", NONE, Integer.MAX_VALUE, NONE, "Only this UDP flow, numbered from 0; -1: all."));
    }

    static Selection of(CommandSpec parsed) {
        return new Selection(CommonOptions.value(parsed, "--stream"), CommonOptions.value(parsed, "--udp-flow"));
    }

    /**
     * @return the one file of the command line
     */
    static Path file(CommandSpec parsed) {
        if (CommonOptions.arguments(parsed).size() != 1) {
            throw new UsageException("wanted: one capture file");
        }
        return CommonOptions.files(parsed).get(0);
    }

    /** Whether {@code frame}, the next of the file, is among them. */
    boolean takes(Frame frame) {
        boolean taken = stream == NONE && flow == NONE;
        if (frame.transport() == Frame.Transport.TCP) {
            streams = Math.max(streams, frame.stream() + 1);
            taken |= stream != NONE && frame.stream() == stream;
        } else if (frame.transport() == Frame.Transport.UDP) {
            flows = Math.max(flows, frame.stream() + 1);
            taken |= flow != NONE && frame.stream() == flow;
        }
        isEmpty &= !taken;
        return taken;
    }

    /**
     * @param all of the file
     * @return those that are picked
     */
    List<TcpStream> streams(List<TcpStream> all) {
        streams = count(all);
        return pick(all, stream, flow);
    }

    /** The same of UDP. */
    List<UdpFlow> flows(List<UdpFlow> all) {
        flows = count(all);
        return pick(all, flow, stream);
    }

    private static int count(List<? extends Conversation> all) {
        return all.isEmpty() ? 0 : all.get(all.size() - 1).number() + 1;
    }

    private <C extends Conversation> List<C> pick(List<C> all, int picked, int ofOthers) {
        List<C> list = picked == NONE
                ? ofOthers == NONE ? all : List.of()
                : all.stream().filter(one -> one.number() == picked).toList();
        isEmpty &= list.isEmpty();
        return list;
    }

    /**
     * To be called at the end of the file.
     *
     * @throws LabException if what was asked for is not there
     */
    void check(Path file) {
        if (isEmpty && stream != NONE) {
            throw new LabException("no TCP stream " + stream + " in " + file + ": " + reason(stream, streams));
        }
        if (isEmpty && flow != NONE) {
            throw new LabException("no UDP flow " + flow + " in " + file + ": " + reason(flow, flows));
        }
    }

    private static String reason(int picked, int numbers) {
        return picked < numbers ? "only an ICMP error quotes it" : "it has " + numbers + ", numbered from 0";
    }
}
