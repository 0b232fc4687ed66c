package netlabs.bench;

import java.util.List;

/**
 * What the memory of a server did under a load that did not change.
 *
 * @param requests answers that came whole
 * @param perSecond requests a second
 * @param errors of wrk, of all kinds
 * @param memory each second
 * @param growthKib resident memory at the end of the second half less that at its beginning, in KiB
 * @param growthKibPerSecond the same by the time between the two
 * @param peakKib the most that was resident at once, in KiB, from the server's start on
 */
record SoakFigures(
        long requests,
        double perSecond,
        long errors,
        List<Resident> memory,
        long growthKib,
        double growthKibPerSecond,
        long peakKib) {

    /**
     * Resident memory at one moment.
     *
     * @param second from the beginning of the load on
     * @param kib all processes of the server
     */
    record Resident(double second, long kib) {}

    /**
     * @param memory at least one sample, in order
     */
    static SoakFigures of(WrkFigures wrk, List<Resident> memory, long peakKib) {
        Resident last = memory.get(memory.size() - 1);
        Resident middle = memory.stream()
                .filter(each -> each.second() >= last.second() / 2)
                .findFirst()
                .orElse(last);
        long growth = last.kib() - middle.kib();
        double seconds = last.second() - middle.second();
        return new SoakFigures(
                wrk.requests(),
                wrk.perSecond(),
                wrk.errors(),
                List.copyOf(memory),
                growth,
                seconds == 0 ? 0 : growth / seconds,
                peakKib);
    }

    /** Resident memory when the load had lasted so long, in KiB. */
    long residentKib(int second) {
        Resident found = memory.get(0);
        for (Resident each : memory) {
            if (each.second() <= second + SoakTrial.TOLERANCE_SECONDS) {
                found = each;
            }
        }
        return found.kib();
    }

    /** Resident memory at the end, in KiB. */
    long endKib() {
        return memory.get(memory.size() - 1).kib();
    }
}
