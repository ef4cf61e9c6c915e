/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Whether a folder that {@code mvn -Prelease deploy} has filled holds what Maven Central accepts, and what
 * this project promises: {@code java .github/CheckRepository.java FOLDER VERSION [signed]}, in the project's root. Central's rules:
 * https://central.sonatype.org/publish/requirements/
 */
public final class CheckRepository {

    private static final String GROUP = "io/github/gssloss";
    private static final Set<String> MODULES =
            Set.of("gss-core", "gss-djl", "gss-files", "gss-networks", "gss-imaging", "gss-program");
    private static final List<String> REQUIRED = List.of("name", "description", "url", "licenses", "developers", "scm");
    private static final List<String> FILES =
            List.of(".jar", "-sources.jar", "-javadoc.jar", ".pom", "-cyclonedx.json", "-cyclonedx.xml");
    private static final Map<String, String> SUMS = Map.of(".md5", "MD5", ".sha1", "SHA-1");

    private final List<String> problems = new ArrayList<>();
    private final Path group;
    private final String version;
    private final boolean signed;

    private CheckRepository(Path folder, String version, boolean signed) {
        this.group = folder.resolve(GROUP);
        this.version = version;
        this.signed = signed;
    }

    /** Prints the problems and exits with 1 where there are any. */
    public static void main(String[] args) throws Exception {
        if (args.length < 2 || !Files.isDirectory(Path.of(args[0], GROUP))) {
            System.err.println("expected FOLDER VERSION [signed], the folder with " + GROUP + " in it, got " + List.of(args));
            System.exit(2);
        }
        boolean signed = args.length > 2 && args[2].equals("signed");
        CheckRepository check = new CheckRepository(Path.of(args[0]), args[1], signed);
        int files = check.all();
        check.problems.forEach(System.err::println);
        System.out.printf(
                "%d files of %d modules, %d problems%s%n",
                files, MODULES.size(), check.problems.size(), signed ? "" : "; signatures not asked for");
        System.exit(check.problems.isEmpty() ? 0 : 1);
    }

    private int all() throws Exception {
        if (version.endsWith("-SNAPSHOT")) {
            problems.add("version: expected a release, got " + version);
        }
        try (Stream<Path> found = Files.list(group)) {
            Set<String> names = found.map(path -> path.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
            if (!names.equals(new TreeSet<>(MODULES))) {
                problems.add("modules: expected " + new TreeSet<>(MODULES) + ", got " + names);
            }
        }
        excluded();
        int files = 0;
        for (String module : MODULES) {
            Path folder = group.resolve(module).resolve(version);
            if (!Files.isDirectory(folder)) {
                problems.add(folder + ": expected a folder, found none");
                continue;
            }
            for (String end : FILES) {
                Path file = folder.resolve(module + "-" + version + end);
                files++;
                if (!Files.isRegularFile(file)) {
                    problems.add(file + ": expected a file, found none");
                    continue;
                }
                sums(file);
                if (signed && !Files.isRegularFile(Path.of(file + ".asc"))) {
                    problems.add(file + ": expected a signature beside it, found none");
                }
            }
            jar(folder.resolve(module + "-" + version + ".jar"), ".class");
            jar(folder.resolve(module + "-" + version + "-sources.jar"), ".java");
            pom(folder.resolve(module + "-" + version + ".pom"), module);
        }
        return files;
    }

    /** Maven Central's plugin takes every module of the build that it is not told to leave out. */
    private void excluded() throws Exception {
        Set<String> expected = new TreeSet<>();
        try (Stream<Path> poms = Files.find(Path.of(""), 3, (path, is) -> path.endsWith("pom.xml"))) {
            for (Path pom : poms.toList()) {
                expected.add(text(project(pom), "artifactId"));
            }
        }
        expected.removeAll(MODULES);
        NodeList named = project(Path.of("pom.xml")).getElementsByTagName("excludeArtifact");
        Set<String> got =
                IntStream.range(0, named.getLength())
                        .mapToObj(i -> named.item(i).getTextContent().strip())
                        .collect(Collectors.toCollection(TreeSet::new));
        if (!got.equals(expected)) {
            problems.add("pom.xml: <excludeArtifacts>: expected " + expected + ", got " + got);
        }
    }

    private void sums(Path file) throws IOException, NoSuchAlgorithmException {
        for (Map.Entry<String, String> sum : SUMS.entrySet()) {
            Path beside = Path.of(file + sum.getKey());
            byte[] digest = MessageDigest.getInstance(sum.getValue()).digest(Files.readAllBytes(file));
            String expected = String.format("%0" + 2 * digest.length + "x", new BigInteger(1, digest));
            if (!Files.isRegularFile(beside) || !Files.readString(beside).strip().equals(expected)) {
                problems.add(beside + ": expected " + expected);
            }
        }
    }

    /** Licence and notice, something of ours, and nothing of the builder's machine. */
    private void jar(Path file, String content) throws IOException {
        if (!Files.isRegularFile(file)) {
            return;
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (String legal : List.of("META-INF/LICENSE", "META-INF/NOTICE")) {
                if (zip.getEntry(legal) == null) {
                    problems.add(file + ": expected " + legal + " in it");
                }
            }
            List<String> names = zip.stream().map(entry -> entry.getName()).toList();
            if (names.stream().noneMatch(name -> name.endsWith(content))) {
                problems.add(file + ": expected some *" + content + " in it");
            }
            names.stream()
                    .filter(name -> name.matches(".*[.](so|dll|dylib)(\\..*)?"))
                    .forEach(name -> problems.add(file + ": expected no natives in it, found " + name));
        }
    }

    private void pom(Path file, String module) throws Exception {
        if (!Files.isRegularFile(file)) {
            return;
        }
        Element project = project(file);
        for (String required : REQUIRED) {
            if (text(project, required).isEmpty()) {
                problems.add(file + ": expected <" + required + ">, found none");
            }
        }
        for (String banned : List.of("parent", "repositories", "pluginRepositories", "build", "profiles", "dependencyManagement")) {
            if (child(project, banned) != null) {
                problems.add(file + ": expected no <" + banned + ">");
            }
        }
        expect(file, "groupId", "io.github.gssloss", text(project, "groupId"));
        expect(file, "artifactId", module, text(project, "artifactId"));
        expect(file, "version", version, text(project, "version"));
        expect(file, "url", "https://github.com/gssloss/gss-djl", text(project, "url"));
        if (!text(project, "developers").contains("GSS for DJL authors") || !text(project, "licenses").contains("Apache-2.0")) {
            problems.add(file + ": expected the developers 'GSS for DJL authors' and the licence Apache-2.0");
        }
        if (Files.readString(file).contains("${") || Files.readString(file).contains("-SNAPSHOT")) {
            problems.add(file + ": expected no ${...} and no -SNAPSHOT");
        }
        Element dependencies = child(project, "dependencies");
        for (Node node = dependencies == null ? null : dependencies.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element dependency) {
                dependency(file, dependency);
            }
        }
    }

    /** Neither natives, nor an engine that a consumer has to take, nor a module that is not published. */
    private void dependency(Path file, Element dependency) {
        String group = text(dependency, "groupId");
        String name = text(dependency, "artifactId");
        String scope = text(dependency, "scope");
        String which = file + ": dependency " + group + ":" + name;
        if (text(dependency, "version").isEmpty()) {
            problems.add(which + ": expected a version");
        }
        if (name.startsWith("pytorch-native") || !text(dependency, "classifier").isEmpty()) {
            problems.add(which + ": expected no natives of the builder's");
        }
        if (group.startsWith("ai.djl.") && !scope.equals("runtime")) {
            problems.add(which + ": expected an engine at runtime scope, got " + scope);
        }
        if (scope.equals("test") || scope.equals("provided") || scope.equals("system")) {
            problems.add(which + ": expected the scope compile or runtime, got " + scope);
        }
        if (group.equals("io.github.gssloss") && !MODULES.contains(name)) {
            problems.add(which + ": expected a module that is published");
        }
    }

    private void expect(Path file, String what, String expected, String got) {
        if (!expected.equals(got)) {
            problems.add("%s: %s: expected %s, got %s".formatted(file, what, expected, got));
        }
    }

    private static Element project(Path pom) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile()).getDocumentElement();
    }

    private static Element child(Element parent, String name) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                return element;
            }
        }
        return null;
    }

    private static String text(Element parent, String name) {
        Element found = child(parent, name);
        return found == null ? "" : found.getTextContent().strip();
    }
}
