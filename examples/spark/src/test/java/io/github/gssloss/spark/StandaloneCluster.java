/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.spark;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** A master and workers of Spark as processes on this machine, from the jars of the class path. */
final class StandaloneCluster implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final String EXECUTOR = "CoarseGrainedExecutorBackend";
    private static final String CELL = "io.github.gssloss.program.cli.CellMain";

    private final Path folder;
    private final Path home;
    private final Path jar;
    private final List<String> own = new ArrayList<>();
    private final int port;
    private final List<Process> processes = new ArrayList<>();

    StandaloneCluster(Path folder) throws IOException {
        this.folder = folder;
        home = folder.resolve("spark-home");
        Path jars = Files.createDirectories(home.resolve("jars"));
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("conf"));
        List<Path> classes = new ArrayList<>();
        String path =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        for (String entry : path.split(File.pathSeparator, -1)) {
            Path file = Path.of(entry);
            if (Files.isDirectory(file)) {
                classes.add(file);
            } else if (isOurs(file)) {
                own.add(file.toAbsolutePath().toString());
                olderAnnotations(file).ifPresent(older -> link(older, jars));
            } else if (Files.exists(file)) {
                link(file, jars);
            }
        }
        jar = folder.resolve("gss-spark.jar");
        pack(classes);
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        start(
                "master",
                "org.apache.spark.deploy.master.Master",
                "--host",
                HOST,
                "--port",
                "" + port,
                "--webui-port",
                "0");
    }

    /** What a cluster has not: it is submitted. */
    private static boolean isOurs(Path file) {
        String name = file.toString().replace(File.separatorChar, '/');
        return file.getFileName().toString().startsWith("gss-")
                || name.contains("/pytorch-")
                || name.contains("/ai/djl/")
                || name.matches(".*/(api|picocli|xchart|jmustache|progressbar)-[0-9][^/]*")
                || name.matches(
                        ".*/(snakeyaml-engine|jackson-annotations|jackson-(core|databind)-3|jna|commons-csv).*")
                || name.contains("jackson-dataformat-yaml");
    }

    private static void link(Path file, Path jars) {
        try {
            Path link = jars.resolve(file.getFileName());
            if (!Files.exists(link)) {
                Files.createSymbolicLink(link, file.toAbsolutePath());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What Spark 4.1 has in place of ours, where Maven has it: ours must win over it. */
    private static Optional<Path> olderAnnotations(Path file) {
        return Optional.of(Path.of("..", "..", "2.21", "jackson-annotations-2.21.jar"))
                .map(other -> file.toAbsolutePath().resolve(other).normalize())
                .filter(other -> file.getFileName().toString().startsWith("jackson-annotations"))
                .filter(Files::exists);
    }

    private void pack(List<Path> folders) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream packed = new JarOutputStream(out)) {
            for (Path one : folders) {
                try (Stream<Path> files = Files.walk(one)) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        String name = one.relativize(file).toString();
                        if (name.startsWith("io") && !name.contains("Test")) {
                            packed.putNextEntry(
                                    new JarEntry(name.replace(File.separatorChar, '/')));
                            Files.copy(file, packed);
                            packed.closeEntry();
                        }
                    }
                }
            }
        }
    }

    /** Starts a worker with one core. */
    Process worker(String name) throws IOException {
        return start(
                name,
                "org.apache.spark.deploy.worker.Worker",
                "--host",
                HOST,
                "--cores",
                "1",
                "--memory",
                "1g",
                "--work-dir",
                folder.resolve("work-" + name).toString(),
                "--webui-port",
                "0",
                "spark://" + HOST + ":" + port);
    }

    /** Submits our jar as a user does. */
    Process submit(String name, String... words) throws IOException {
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "--master",
                                "spark://" + HOST + ":" + port,
                                "--class",
                                "io.github.gssloss.spark.GssSpark",
                                "--conf",
                                "spark.executor.extraClassPath="
                                        + String.join(File.pathSeparator, own),
                                "--conf",
                                "spark.executor.memory=900m",
                                "--conf",
                                "spark.executor.cores=1",
                                "--conf",
                                "spark.ui.enabled=false",
                                "--conf",
                                "spark.driver.bindAddress=" + HOST,
                                "--conf",
                                "spark.driver.host=" + HOST,
                                jar.toString()));
        all.addAll(List.of(words));
        return start(name, "org.apache.spark.deploy.SparkSubmit", all.toArray(String[]::new));
    }

    private Process start(String name, String main, String... words) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC"));
        command.addAll(
                List.of(System.getProperty("gss.spark.opens", "").strip().split("\\s+", -1)));
        command.removeIf(String::isEmpty);
        List<String> path = new ArrayList<>();
        if (main.endsWith("SparkSubmit")) {
            // What the script does of --driver-class-path.
            path.addAll(own);
        }
        path.add(home.resolve("conf").toString());
        path.add(home + "/jars/*");
        command.addAll(List.of("-cp", String.join(File.pathSeparator, path)));
        command.add(main);
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("SPARK_HOME", home.toString());
        environment.put("SPARK_SCALA_VERSION", "2.13");
        environment.put("SPARK_LOCAL_IP", HOST);
        builder.redirectErrorStream(true).redirectOutput(log(name).toFile());
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    /** What a process printed. */
    Path log(String name) {
        return folder.resolve(name + ".log");
    }

    /** The executors that a worker has started. */
    static List<ProcessHandle> executors(Process worker) {
        return worker.descendants().filter(one -> line(one).contains(EXECUTOR)).toList();
    }

    /** The cells that an executor works on. */
    static List<ProcessHandle> cells(ProcessHandle executor) {
        return executor.descendants().filter(one -> line(one).contains(CELL)).toList();
    }

    /** What Java says of a long command line is cut off: Linux has it whole. */
    private static String line(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
                    .replace('\0', ' ');
        } catch (IOException e) {
            return process.info().commandLine().orElse("");
        }
    }

    @Override
    public void close() throws IOException {
        List<ProcessHandle> all = new ArrayList<>();
        processes.forEach(one -> one.descendants().forEach(all::add));
        processes.forEach(Process::destroyForcibly);
        all.forEach(ProcessHandle::destroyForcibly);
        for (Process process : processes) {
            process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
        }
        // JUnit would warn of each link.
        try (Stream<Path> links = Files.list(home.resolve("jars"))) {
            for (Path link : links.toList()) {
                Files.delete(link);
            }
        }
    }
}
