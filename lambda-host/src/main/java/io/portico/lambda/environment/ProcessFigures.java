package io.portico.lambda.environment;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process as Linux describes it.
 *
 * @param parent who started it, or who took it over
 * @param group its process group, by the number of its first process
 * @param session likewise
 * @param residentKilobytes what it has of memory now
 * @param peakKilobytes the most that it had
 */
record ProcessFigures(
    long parent, long group, long session, int residentKilobytes, int peakKilobytes) {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessFigures.class);
  private static final Path PROCESSES = Path.of("/proc");

  /** Of these, the first number is that of this process's own namespace. */
  private static final Pattern FIGURES =
      Pattern.compile(
          "(?s)\\nPPid:\\s+(\\d+).*?\\nNSpgid:\\s+(\\d+).*?\\nNSsid:\\s+(\\d+)"
              + ".*?\\nVmHWM:\\s+(\\d+) kB.*?\\nVmRSS:\\s+(\\d+) kB");

  private static final Pattern SHARE = Pattern.compile("\\nPss:\\s+(\\d+) kB");
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  /** Those of a process; null where it has ended, has no memory, or this is no Linux. */
  static @Nullable ProcessFigures of(long pid) {
    Matcher figures = FIGURES.matcher(read(PROCESSES.resolve(pid + "/status")));
    return figures.find()
        ? new ProcessFigures(
            Long.parseLong(figures.group(1)),
            Long.parseLong(figures.group(2)),
            Long.parseLong(figures.group(3)),
            Integer.parseInt(figures.group(5)),
            Integer.parseInt(figures.group(4)))
        : null;
  }

  /** Those of all processes that have memory of their own, by their number. */
  static Map<Long, ProcessFigures> all() {
    Map<Long, ProcessFigures> all = new HashMap<>();
    try (DirectoryStream<Path> processes =
        Files.newDirectoryStream(
            PROCESSES, entry -> NUMBER.matcher(String.valueOf(entry.getFileName())).matches())) {
      for (Path process : processes) {
        long pid = Long.parseLong(String.valueOf(process.getFileName()));
        ProcessFigures figures = of(pid);
        if (figures != null) {
          all.put(pid, figures);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      LOG.trace("no list of processes", e);
    }
    return all;
  }

  /** The processes that one has started and that have not ended. */
  static List<Long> children(long pid) {
    List<Long> children = new ArrayList<>();
    try (DirectoryStream<Path> threads =
        Files.newDirectoryStream(PROCESSES.resolve(pid + "/task"))) {
      for (Path thread : threads) {
        children.addAll(numbers(read(thread.resolve("children"))));
      }
    } catch (IOException | DirectoryIteratorException e) {
      LOG.trace("no children of process {}", pid, e);
    }
    return children;
  }

  /** Those of them that its first thread has started. */
  static List<Long> childrenOfMain(long pid) {
    return numbers(read(PROCESSES.resolve(pid + "/task/" + pid + "/children")));
  }

  private static List<Long> numbers(String text) {
    return NUMBER.matcher(text).results().map(number -> Long.valueOf(number.group())).toList();
  }

  /**
   * What a process has resident, in kilobytes, with its share only of what others have as well. It
   * takes the kernel longer to say than what it has in all.
   *
   * @return 0 where the system does not say
   */
  static int share(long pid) {
    Matcher share = SHARE.matcher(read(PROCESSES.resolve(pid + "/smaps_rollup")));
    return share.find() ? Integer.parseInt(share.group(1)) : 0;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      // It has ended meanwhile, or this is no Linux.
      LOG.trace("no {}", file, e);
      return "";
    }
  }
}
