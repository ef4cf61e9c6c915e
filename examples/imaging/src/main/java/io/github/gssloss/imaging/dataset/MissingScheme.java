/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import io.github.gssloss.files.UserInputException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A file that says which modalities cases keep, all others being hidden: comma-separated, the
 * columns {@code case,modalities}, as in {@code Brats18_CBICA_AAB_1,flair+t1}. A case that is not
 * named keeps all that it has. The line with the names of the columns may be left out.
 */
public final class MissingScheme {

    private static final String HEADER = "case,modalities";

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Path file;
    private final Map<String, CaseFiles> cases;
    private final SortedMap<String, Set<Modality>> hidden = new TreeMap<>();

    private MissingScheme(Path file, List<CaseFiles> cases) {
        this.file = file;
        this.cases = cases.stream().collect(Collectors.toMap(CaseFiles::name, Function.identity()));
    }

    /**
     * Reads a scheme for some cases.
     *
     * @param file the scheme, in UTF-8
     * @param cases the cases
     * @return what is hidden from them
     * @throws UserInputException if the file cannot be read, or a line has another form, names a
     *     case that is not there or is named before, or a modality that the case does not have; the
     *     message names file and line
     */
    public static HiddenModalities read(Path file, List<CaseFiles> cases) {
        MissingScheme scheme = new MissingScheme(file, cases);
        List<String> lines = scheme.lines();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replace(BYTE_ORDER_MARK, "").replace("\"", "").strip();
            boolean header = i == 0 && line.replaceAll("\\s", "").equalsIgnoreCase(HEADER);
            if (!header && !line.isEmpty()) {
                scheme.add(file + ":" + (i + 1) + ": ", line);
            }
        }
        return new HiddenModalities(scheme.hidden);
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            throw new UserInputException(file + ": no such file", e);
        } catch (CharacterCodingException e) {
            throw new UserInputException(file + ": expected text in UTF-8", e);
        } catch (IOException e) {
            String problem =
                    Files.isDirectory(file) ? "expected a file, got a folder" : "unreadable";
            throw new UserInputException(file + ": " + problem, e);
        }
    }

    private void add(String source, String line) {
        // Names of cases are names of folders, and may have commas.
        int comma = line.lastIndexOf(',');
        if (comma < 0) {
            throw new UserInputException(
                    "%sexpected a case and its modalities, such as 'A,flair+t1', got '%s'"
                            .formatted(source, line));
        }
        String name = line.substring(0, comma).strip();
        CaseFiles files = cases.get(name);
        if (files == null) {
            throw new UserInputException(
                    "%sexpected the name of one of the %d cases to train on, got '%s'"
                            .formatted(source, cases.size(), name));
        }
        Set<Modality> kept = kept(source, line.substring(comma + 1), files.modalities());
        if (!files.images().keySet().containsAll(kept)) {
            throw new UserInputException(
                    "%scase %s: expected modalities that it has (%s), got %s"
                            .formatted(
                                    source,
                                    name,
                                    files.modalityText(),
                                    new ModalitySubset(kept).label()));
        }
        Set<Modality> rest = new TreeSet<>(files.images().keySet());
        rest.removeAll(kept);
        if (hidden.put(name, rest) != null) {
            throw new UserInputException(source + "case " + name + ": is named twice");
        }
    }

    private static Set<Modality> kept(String source, String text, List<Modality> all) {
        try {
            return ModalitySubset.parse(text, all).modalities();
        } catch (UserInputException e) {
            throw new UserInputException(source + e.getMessage(), e);
        }
    }
}
