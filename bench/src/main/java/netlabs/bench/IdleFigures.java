package netlabs.bench;

/**
 * What many silent connections cost a server.
 *
 * @param residentBeforeKib its resident memory after a short load, without connections, in KiB
 * @param residentIdleKib the same with the idle connections open
 * @param kibPerConnection the difference per idle connection
 * @param idleSeconds how long nothing was sent
 * @param idleCpuSeconds the processor time that the server took meanwhile; proc(5) counts 0.01
 * @param busy what busy connections achieved beside the idle ones
 */
record IdleFigures(
        long residentBeforeKib,
        long residentIdleKib,
        double kibPerConnection,
        double idleSeconds,
        double idleCpuSeconds,
        LoadFigures busy) {}
