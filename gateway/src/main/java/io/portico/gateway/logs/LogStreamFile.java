package io.portico.gateway.logs;

import io.portico.gateway.store.StoreException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A log stream that is written to: gathers events, and goes on in another segment where one is
 * full.
 */
final class LogStreamFile implements LogStream {
  private static final Logger LOG = LoggerFactory.getLogger(LogStreamFile.class);
  private static final int BUFFER = 8192;

  private final LogStore store;
  private final LogGroupId group;
  private final String name;

  /** What gathers events, and the file behind it. */
  private @Nullable OutputStream out;

  private @Nullable OutputStream file;
  private long base;
  private long size;
  private long deletions;
  private boolean gathered;
  private boolean broken;
  private boolean closed;

  /** Guarded by the store's table of streams. */
  int users;

  /**
   * What a stream goes on in.
   *
   * @param out at the segment's end
   * @param base how many bytes the stream had before the segment
   * @param size of the segment
   * @param deletions how often something had been deleted by then
   */
  record Opened(OutputStream out, long base, long size, long deletions) {}

  LogStreamFile(LogStore store, LogGroupId group, String name) {
    this.store = store;
    this.group = group;
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  LogGroupId group() {
    return group;
  }

  @Override
  public void append(long timestamp, String message) {
    try {
      write(timestamp, timestamp, message);
      broken = false;
    } catch (IOException | StoreException e) {
      if (!broken) {
        LOG.error("the log stream {} of {} cannot be written: {}", name, group, e.toString());
        broken = true;
      }
    }
  }

  synchronized void write(long timestamp, long ingestionTime, String message) throws IOException {
    OutputStream open = open();
    byte[] line = LogLine.encoded(timestamp, ingestionTime, message);
    try {
      open.write(line);
    } catch (IOException e) {
      giveUp();
      throw e;
    }
    size += line.length;
    if (closed) {
      // The last words of a process that has ended: nobody comes to close this again.
      release();
    } else if (!gathered) {
      gathered = true;
      store.flushSoon(this);
    }
  }

  private OutputStream open() throws IOException {
    OutputStream open = out;
    if (open != null && deletions != store.deletions()) {
      release();
      open = null;
    }
    if (open != null && size >= store.segmentBytes()) {
      release();
      return use(store.next(group, name, base + size));
    }
    return open == null ? use(store.open(group, name)) : open;
  }

  private OutputStream use(Opened opened) {
    OutputStream buffered = new BufferedOutputStream(opened.out, BUFFER);
    out = buffered;
    file = opened.out;
    base = opened.base;
    size = opened.size;
    deletions = opened.deletions;
    return buffered;
  }

  private void release() throws IOException {
    OutputStream open = out;
    out = null;
    file = null;
    if (open != null) {
      open.close();
    }
  }

  /**
   * Leaves the file as it is, with a part of a line at its end perhaps: what was gathered would be
   * written a second time behind it. Who writes next goes on behind the last whole line.
   */
  private void giveUp() {
    OutputStream open = file;
    out = null;
    file = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        LOG.debug("the log stream {} of {} cannot be closed", name, group, e);
      }
    }
  }

  /** What was added is in the file from now on. */
  synchronized void flush() {
    gathered = false;
    OutputStream open = out;
    if (open != null) {
      try {
        open.flush();
      } catch (IOException e) {
        giveUp();
        LOG.error("the log stream {} of {} cannot be written: {}", name, group, e.toString());
      }
    }
  }

  @Override
  public synchronized boolean isReady() {
    return out != null && deletions == store.deletions() && size < store.segmentBytes();
  }

  /** One of its users is done with it. */
  @Override
  public void close() {
    store.leave(this);
  }

  /** Its last user is done with it. */
  synchronized void end() {
    closed = true;
    try {
      release();
    } catch (IOException e) {
      LOG.error("the log stream {} of {} cannot be written: {}", name, group, e.toString());
    }
  }
}
