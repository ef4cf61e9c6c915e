/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.sourceforge.plantuml.FileFormat;
import net.sourceforge.plantuml.FileFormatOption;
import net.sourceforge.plantuml.SourceStringReader;

/**
 * Draws modules and packages with their arrows, from the compiled classes: {@code mvn -q -Phouse}.
 *
 * <p>An arrow is left out where a longer way leads to the same package: what is drawn is the
 * smallest set of arrows with the same ways.
 */
final class HousePicture {

    private static final String ROOT = "io.github.gssloss.";

    private HousePicture() {}

    /**
     * Draws the picture.
     *
     * @param args the file to write, PNG or SVG by its name, then folders and jars of classes
     */
    public static void main(String[] args) throws IOException {
        List<Path> classes = Arrays.stream(args).skip(1).map(Path::of).toList();
        for (Path place : classes) {
            if (!Files.exists(place)) {
                throw new IllegalArgumentException(
                        place + ": expected compiled classes, found none");
            }
        }
        Map<String, Set<String>> arrows = arrows(classes);
        String text = plantUml(arrows);
        Path out = Path.of(args[0]);
        FileFormat format = args[0].endsWith(".svg") ? FileFormat.SVG : FileFormat.PNG;
        try (OutputStream to = Files.newOutputStream(out)) {
            new SourceStringReader(text).outputImage(to, new FileFormatOption(format));
        }
        System.out.println(
                out.toRealPath()
                        + ": "
                        + arrows.size()
                        + " packages, "
                        + arrows.values().stream().mapToInt(Set::size).sum()
                        + " arrows");
    }

    /** Each package with those that it uses, without the root of their names. */
    static Map<String, Set<String>> arrows(List<Path> places) {
        JavaClasses classes =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPaths(places);
        Map<String, Set<String>> arrows = new TreeMap<>();
        for (JavaClass type : classes) {
            if (type.getSimpleName().equals("package-info")) {
                continue;
            }
            Set<String> to = arrows.computeIfAbsent(name(type), one -> new TreeSet<>());
            type.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass())
                    .filter(target -> target.getPackageName().startsWith(ROOT))
                    .map(HousePicture::name)
                    .filter(target -> !target.equals(name(type)))
                    .forEach(to::add);
        }
        return arrows;
    }

    private static String name(JavaClass type) {
        return type.getPackageName().substring(ROOT.length());
    }

    private static String plantUml(Map<String, Set<String>> arrows) {
        StringBuilder text = new StringBuilder("@startuml\n!pragma layout smetana\n");
        text.append(
                "skinparam packageStyle rectangle\nskinparam ranksep 28\nskinparam nodesep 12\n");
        text.append("skinparam defaultFontName SansSerif\nskinparam shadowing false\n");
        Map<String, Set<String>> modules = new TreeMap<>();
        for (String name : arrows.keySet()) {
            modules.computeIfAbsent(name.split("\\.", 2)[0], one -> new TreeSet<>()).add(name);
        }
        modules.forEach(
                (module, packages) -> {
                    text.append("package \"gss-").append(module).append("\" {\n");
                    for (String name : packages) {
                        text.append("rectangle \"").append(name.replaceFirst("^[a-z]+\\.", ""));
                        text.append("\" as ").append(name.replace('.', '_')).append('\n');
                    }
                    text.append("}\n");
                });
        arrows.forEach(
                (from, targets) -> {
                    for (String to : targets) {
                        if (!isReachable(arrows, from, to)) {
                            text.append(from.replace('.', '_')).append(" --> ");
                            text.append(to.replace('.', '_')).append('\n');
                        }
                    }
                });
        return text.append("@enduml\n").toString();
    }

    /** Whether a way of two arrows or more leads to a package. */
    private static boolean isReachable(Map<String, Set<String>> arrows, String from, String to) {
        Set<String> seen = new TreeSet<>();
        for (String next : arrows.get(from)) {
            if (!next.equals(to)) {
                visit(arrows, next, seen);
            }
        }
        return seen.contains(to);
    }

    private static void visit(Map<String, Set<String>> arrows, String from, Set<String> seen) {
        for (String next : arrows.getOrDefault(from, Set.of())) {
            if (seen.add(next)) {
                visit(arrows, next, seen);
            }
        }
    }
}
