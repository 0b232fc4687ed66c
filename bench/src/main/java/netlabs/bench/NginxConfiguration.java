package netlabs.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An nginx with one worker, all of whose files are in one folder. What is not said here is nginx's default:
 * {@code tcp_nopush}, {@code tcp_nodelay}, {@code output_buffers}.
 *
 * @param folder its prefix
 * @param root what it serves
 * @param cached whether files stay open and are read instead of sent by {@code sendfile}: on the loopback the quickest
 *     way; else as its users know it: {@code sendfile on} and a file opened for each request
 */
record NginxConfiguration(Path folder, Path root, boolean cached) {
    private static final String FILE = "nginx.conf";

    /** A port is known only once it starts. */
    private static final String LISTEN = "listen.conf";

    /** More than any of the others is asked to take. */
    static final int MAX_CONNECTIONS = 4096;

    private static final String FROM_DISK = "sendfile on;";
    private static final String CACHED = """
            sendfile off;
                open_file_cache max=1000 inactive=1h;
                open_file_cache_valid 1h;
                open_file_cache_min_uses 1;""";

    /**
     * Writes the file.
     *
     * @return how nginx is started by it, {@link ServerProcess#PORT} included: by a shell that writes the one line with
     *     the port, and then becomes nginx
     */
    List<String> write() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(FILE), text());
        String listen = "listen 127.0.0.1:$1 backlog=" + MAX_CONNECTIONS + ";";
        return List.of(
                "sh",
                "-c",
                "echo \"" + listen + "\" > \"$2/" + LISTEN + "\" && exec \"$0\" -e stderr -p \"$2\" -c " + FILE,
                SearchPath.orName("nginx"),
                ServerProcess.PORT,
                folder.toString());
    }

    /** The file. A worker of root's nginx would be nobody, who may not read the files: it stays root. */
    String text() {
        return """
                user root;
                daemon off;
                worker_processes 1;
                error_log stderr error;
                pid nginx.pid;
                events {
                    worker_connections %d;
                }
                http {
                    access_log off;
                    default_type application/octet-stream;
                    keepalive_requests 1000000000;
                    keepalive_timeout 1h;
                    client_body_temp_path body;
                    proxy_temp_path proxy;
                    fastcgi_temp_path fastcgi;
                    uwsgi_temp_path uwsgi;
                    scgi_temp_path scgi;
                    %s
                    server {
                        include %s;
                        root "%s";
                    }
                }
                """.formatted(MAX_CONNECTIONS, cached ? CACHED : FROM_DISK, LISTEN, root);
    }
}
