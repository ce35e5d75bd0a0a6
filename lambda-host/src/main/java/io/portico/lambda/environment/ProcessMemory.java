package io.portico.lambda.environment;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The memory of a process and of those that it has started, as Linux says it. */
final class ProcessMemory {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessMemory.class);
  private static final Path PROCESSES = Path.of("/proc");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
  private static final Pattern CHILD = Pattern.compile("\\d+");
  private static final int KILOBYTES = 1024;

  private ProcessMemory() {}

  /** Megabytes that are resident now, those of children included; 0 where nothing says. */
  static int resident(long pid) {
    return Math.ceilDiv(kilobytes(pid, RESIDENT, true), KILOBYTES);
  }

  /** The most megabytes that the process itself had resident; 0 where nothing says. */
  static int peak(long pid) {
    return Math.ceilDiv(kilobytes(pid, PEAK, false), KILOBYTES);
  }

  private static int kilobytes(long pid, Pattern figure, boolean withChildren) {
    Path process = PROCESSES.resolve(Long.toString(pid));
    int kilobytes = 0;
    try {
      Matcher found = figure.matcher(Files.readString(process.resolve("status")));
      if (found.find()) {
        kilobytes = Integer.parseInt(found.group(1));
      }
      if (withChildren) {
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(process.resolve("task"))) {
          for (Path thread : threads) {
            Matcher child = CHILD.matcher(Files.readString(thread.resolve("children")));
            while (child.find()) {
              kilobytes += kilobytes(Long.parseLong(child.group()), figure, true);
            }
          }
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // It has ended meanwhile, or this is no Linux.
      LOG.trace("no memory of process {}", pid, e);
    }
    return kilobytes;
  }
}
