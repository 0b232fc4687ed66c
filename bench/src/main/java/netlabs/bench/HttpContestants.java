package netlabs.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import netlabs.bench.peers.JettyFiles;
import netlabs.bench.peers.MicrohttpFiles;

/** Who takes part in the HTTP suites: servers of files over HTTP/1.1, each started for each of the files. */
final class HttpContestants {
    /** What an ordinary web server is taken to be. */
    static final String NGINX = "nginx";

    private static final String LAB = "lab-http-server";
    private static final String MAX_CONNECTIONS = Integer.toString(NginxConfiguration.MAX_CONNECTIONS);

    /**
     * jwebserver takes 200 connections at once, and closes more than 200 that are idle, as with 1,000 busy ones many
     * are for a moment: both would be errors.
     */
    private static final List<String> JWEBSERVER_LIMITS = List.of(
            "-J-Djdk.httpserver.maxConnections=" + MAX_CONNECTIONS,
            "-J-Dsun.net.httpserver.maxIdleConnections=" + MAX_CONNECTIONS);

    private final Installation at;
    private final HttpFiles files;

    HttpContestants(Installation at, HttpFiles files) {
        this.at = at;
        this.files = files;
    }

    /**
     * @throws IOException if nginx's files cannot be written
     */
    List<Contestant> all() throws IOException {
        List<Contestant> servers = List.of(
                lab("selector"),
                lab("thread"),
                at.virtual(lab("virtual")),
                nginx(NGINX, false),
                nginx("nginx-cache", true),
                at.java("jetty", JettyFiles.class, root()),
                at.java("microhttp", MicrohttpFiles.class, root()),
                jwebserver());
        List<Contestant> all = new ArrayList<>();
        for (HttpFile file : files.files()) {
            servers.forEach(server -> all.add(server.doing(file.workload())));
        }
        return all;
    }

    private String root() {
        return files.root().toString();
    }

    private Contestant lab(String model) {
        return at.lab(
                model,
                LAB,
                "server",
                "--root",
                root(),
                "--bind",
                "127.0.0.1",
                "--port",
                "0",
                "--model",
                model,
                "--quiet",
                "--max-clients",
                MAX_CONNECTIONS);
    }

    private Contestant nginx(String name, boolean cached) throws IOException {
        List<String> command = new NginxConfiguration(files.beside(name), files.root(), cached).write();
        return Installation.installed(name, "nginx", "nginx-light", command);
    }

    /** The JDK's own, there from Java 18 on: that of the newest one on this machine. */
    private Contestant jwebserver() {
        String name = "jwebserver";
        Optional<Path> program = at.jdk().newestBeside(name);
        List<String> command =
                new ArrayList<>(List.of(program.map(Path::toString).orElse(name)));
        command.addAll(JWEBSERVER_LIMITS);
        command.addAll(List.of("-b", "127.0.0.1", "-p", ServerProcess.PORT, "-d", root(), "-o", "none"));
        return Contestant.peer(name, command)
                .onlyIf(
                        program.isPresent(),
                        "there is no jwebserver beside " + at.jdk().home()
                                + " - it comes with Java 18 and newer; --java-home");
    }
}
