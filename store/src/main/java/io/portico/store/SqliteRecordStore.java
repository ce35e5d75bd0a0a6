package io.portico.store;

import io.portico.gateway.store.ReadTransaction;
import io.portico.gateway.store.RecordKey;
import io.portico.gateway.store.RecordStore;
import io.portico.gateway.store.StoreException;
import io.portico.gateway.store.StoredRecord;
import io.portico.gateway.store.WriteTransaction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records in an SQLite database within a data directory: the embedded default.
 *
 * <p>One connection writes; a write transaction is on disk ({@code synchronous=FULL}) when {@link
 * #write} returns. Readers have connections of their own and see the last commit as of their first
 * look, through the write-ahead log. No pool and no wait for readers: a connection is opened where
 * none is idle.
 */
public final class SqliteRecordStore implements RecordStore {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteRecordStore.class);
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final int IDLE_READERS = 4;

  private final DataDirectory directory;
  private final WriterLock writerLock = new WriterLock();
  private final LinkedBlockingDeque<SqliteConnection> idleReaders =
      new LinkedBlockingDeque<>(IDLE_READERS);
  private @Nullable SqliteConnection writer;
  private volatile boolean closed;

  private SqliteRecordStore(DataDirectory directory, SqliteConnection writer) {
    this.directory = directory;
    this.writer = writer;
  }

  /**
   * Opens the store in {@code directory}, creates it where there is none, and brings an older
   * schema up to date.
   *
   * @throws StoreException in one line if another server uses the directory, if its schema is newer
   *     than this Portico, or if its database is damaged; nothing in it has changed then
   */
  public static SqliteRecordStore open(Path directory) {
    return open(directory, Schema.CURRENT);
  }

  static SqliteRecordStore open(Path path, Schema schema) {
    DataDirectory directory = DataDirectory.open(path);
    SqliteConnection writer = null;
    boolean opened = false;
    try {
      directory.createDatabase();
      refuseOtherFiles(directory.database());
      SqliteLibrary.in(directory.path());
      writer = SqliteConnection.open(directory.database(), false);
      // It reads the whole file, 0.13 s for 100 MB or 125,000 records, and finds damage while
      // nothing
      // depends on it yet. Reading and compiling what such a database serves takes longer than
      // that,
      // so the check grows with the start and never rules it.
      if (!writer.pragma("quick_check(1)", "ok")) {
        throw damaged(directory.database(), null);
      }
      schema.migrate(writer, directory.database().toString());
      opened = true;
      return new SqliteRecordStore(directory, writer);
    } catch (SQLException e) {
      throw failure("opened", directory.database(), e);
    } finally {
      if (!opened) {
        closeQuietly(writer);
        directory.close();
      }
    }
  }

  @Override
  public <T> T read(Function<ReadTransaction, T> work) {
    SqliteConnection connection = reader();
    boolean sound = false;
    View view = new View(connection);
    try {
      connection.begin(false);
      T result = work.apply(view);
      connection.rollbackIfOpen();
      sound = true;
      return result;
    } catch (SQLException e) {
      throw failure("read", directory.database(), e);
    } finally {
      view.ended();
      if (!sound) {
        sound = rolledBack(connection);
      }
      giveBack(connection, sound);
    }
  }

  @Override
  public <T> T write(Function<WriteTransaction, T> work) {
    return writerLock.alone(() -> transact(work));
  }

  @Override
  public boolean durable() {
    return true;
  }

  @Override
  public void close() {
    if (writerLock.close()) {
      closed = true;
      closeIdleReaders();
      closeQuietly(writer);
      directory.close();
    }
  }

  private <T> T transact(Function<WriteTransaction, T> work) {
    SqliteConnection connection = writer();
    Change change = new Change(connection);
    boolean committed = false;
    T result;
    try {
      connection.begin(true);
      result = work.apply(change);
      change.running();
      connection.commit();
      committed = true;
    } catch (SQLException e) {
      throw failure("written", directory.database(), e);
    } finally {
      change.ended();
      if (!committed && !rolledBack(connection)) {
        closeQuietly(connection);
        writer = null;
      }
    }
    WriterLock.runAll(change.afterCommit);
    return result;
  }

  /** The writing connection; a new one after one that could not roll back. */
  private SqliteConnection writer() {
    SqliteConnection connection = writer;
    if (connection == null) {
      try {
        connection = SqliteConnection.open(directory.database(), false);
      } catch (SQLException e) {
        throw failure("opened", directory.database(), e);
      }
      writer = connection;
    }
    return connection;
  }

  private SqliteConnection reader() {
    if (closed) {
      throw new StoreException("the store is closed", null);
    }
    SqliteConnection idle = idleReaders.pollFirst();
    if (idle != null) {
      return idle;
    }
    try {
      return SqliteConnection.open(directory.database(), true);
    } catch (SQLException e) {
      throw failure("read", directory.database(), e);
    }
  }

  private void giveBack(SqliteConnection connection, boolean sound) {
    if (!sound || !idleReaders.offerFirst(connection)) {
      closeQuietly(connection);
    } else if (closed) {
      closeIdleReaders();
    }
  }

  private void closeIdleReaders() {
    for (SqliteConnection idle = idleReaders.poll(); idle != null; idle = idleReaders.poll()) {
      closeQuietly(idle);
    }
  }

  private static boolean rolledBack(SqliteConnection connection) {
    try {
      connection.rollbackIfOpen();
      return true;
    } catch (SQLException e) {
      LOG.warn("a transaction could not be rolled back; its connection is given up", e);
      return false;
    }
  }

  private static void closeQuietly(@Nullable SqliteConnection connection) {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        LOG.warn("a connection to the store could not be closed", e);
      }
    }
  }

  /** SQLite would take a file shorter than its header for an empty database and write over it. */
  private static void refuseOtherFiles(Path database) {
    try {
      if (Files.size(database) == 0) {
        return;
      }
      try (InputStream in = Files.newInputStream(database)) {
        if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
          throw damaged(database, null);
        }
      }
    } catch (IOException e) {
      throw new StoreException(database + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static StoreException damaged(Path database, @Nullable Throwable cause) {
    return new StoreException(
        database + " is damaged or no SQLite database; it was left as it is", cause);
  }

  private static StoreException failure(String verb, Path database, SQLException e) {
    // The primary result code is the low byte; see https://www.sqlite.org/rescode.html.
    return switch (e.getErrorCode() & 0xff) {
      case 11, 26 -> damaged(database, e);
      case 13 -> new StoreException("the disk is full: nothing was written to " + database, e);
      default -> new StoreException(database + " cannot be " + verb + ": " + e.getMessage(), e);
    };
  }

  /** What a transaction asks of its connection. */
  private interface Statement<T extends @Nullable Object> {
    T run(SqliteConnection connection) throws SQLException;
  }

  /** The records as of this transaction. */
  private class View implements ReadTransaction {
    private final SqliteConnection connection;
    private @Nullable String over;

    View(SqliteConnection connection) {
      this.connection = connection;
    }

    final void ended() {
      over = "the transaction has ended";
    }

    final void running() {
      if (over != null) {
        throw new IllegalStateException(over);
      }
    }

    /**
     * After a failure SQLite may have rolled back by itself: nothing more may run as part of it.
     */
    final <T extends @Nullable Object> T run(String verb, Statement<T> statement) {
      running();
      try {
        return statement.run(connection);
      } catch (SQLException e) {
        over = "the transaction has failed";
        throw failure(verb, directory.database(), e);
      }
    }

    @Override
    public byte @Nullable [] get(RecordKey key) {
      KeyOrder.checked(key);
      return run("read", sql -> sql.get(key));
    }

    @Override
    public List<StoredRecord> list(String kind, String parent, String after, int limit) {
      if (limit < 1) {
        throw new IllegalArgumentException("limit must be at least 1");
      }
      KeyOrder.checked(new RecordKey(kind, parent, after));
      return run("read", sql -> sql.list(kind, parent, after, limit));
    }

    @Override
    public long count(String kind, String parent) {
      KeyOrder.checked(new RecordKey(kind, parent, ""));
      return run("read", sql -> sql.count(kind, parent));
    }

    @Override
    public List<StoredRecord> all(String kind) {
      return run("read", sql -> sql.all(kind));
    }
  }

  /** A view and what changes in it. */
  private final class Change extends View implements WriteTransaction {
    private final List<Runnable> afterCommit = new ArrayList<>();

    Change(SqliteConnection connection) {
      super(connection);
    }

    @Override
    public void put(RecordKey key, byte[] content) {
      KeyOrder.writable(key);
      run("written", sql -> sql.put(key, content));
    }

    @Override
    public void delete(RecordKey key) {
      KeyOrder.checked(key);
      run("written", sql -> sql.delete(key));
    }

    @Override
    public void deleteAll(String kind, String parent) {
      KeyOrder.checked(new RecordKey(kind, parent, ""));
      run("written", sql -> sql.deleteAll(kind, parent));
    }

    @Override
    public void afterCommit(Runnable action) {
      running();
      afterCommit.add(action);
    }
  }
}
