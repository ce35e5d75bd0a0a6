package io.portico.store;

import io.portico.gateway.store.RecordKey;
import io.portico.gateway.store.StoredRecord;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.SynchronousMode;

/** One connection to the database with its prepared statements. Used by one thread at a time. */
final class SqliteConnection implements AutoCloseable {
  /** Only start-up and shut-down of a peer can hold the database up; they are short. */
  private static final int BUSY_MILLIS = 10_000;

  private final Connection connection;
  private boolean open;
  private @Nullable PreparedStatement get;
  private @Nullable PreparedStatement list;
  private @Nullable PreparedStatement count;
  private @Nullable PreparedStatement all;
  private @Nullable PreparedStatement put;
  private @Nullable PreparedStatement delete;
  private @Nullable PreparedStatement deleteAll;

  private SqliteConnection(Connection connection) {
    this.connection = connection;
  }

  static SqliteConnection open(Path database, boolean readOnly) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    // Nobody asks for them, and each statement would be searched for an INSERT by a regular
    // expression.
    config.setGetGeneratedKeys(false);
    // In WAL mode, FULL syncs the log at every commit: what is acknowledged survives power loss.
    config.setSynchronous(SynchronousMode.FULL);
    // A URI, because the driver reads a plain name's "?" as the start of settings.
    SqliteConnection connection =
        new SqliteConnection(config.createConnection("jdbc:sqlite:" + database.toUri()));
    if (readOnly) {
      connection.execute("PRAGMA query_only=1");
    }
    return connection;
  }

  void begin(boolean write) throws SQLException {
    execute(write ? "BEGIN IMMEDIATE" : "BEGIN");
    open = true;
  }

  void commit() throws SQLException {
    execute("COMMIT");
    open = false;
  }

  /** Ends what {@link #commit} has not. */
  void rollbackIfOpen() throws SQLException {
    if (open) {
      open = false;
      execute("ROLLBACK");
    }
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  int pragma(String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA " + name)) {
      return rows.getInt(1);
    }
  }

  /** Whether the first answer to the pragma is {@code expected}. */
  boolean pragma(String pragma, String expected) throws SQLException {
    return expected.equals(pragmaText(pragma));
  }

  @Nullable String pragmaText(String pragma) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA " + pragma)) {
      return rows.next() ? rows.getString(1) : null;
    }
  }

  /** Whether nothing was ever created in the database. */
  boolean isEmpty() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM sqlite_schema")) {
      return rows.getInt(1) == 0;
    }
  }

  byte @Nullable [] get(RecordKey key) throws SQLException {
    if (get == null) {
      get = prepare("SELECT content FROM record WHERE kind=? AND parent=? AND id=?");
    }
    try (ResultSet rows = bound(get, key.kind(), key.parent(), key.id()).executeQuery()) {
      return rows.next() ? rows.getBytes(1) : null;
    }
  }

  List<StoredRecord> list(String kind, String parent, String after, int limit) throws SQLException {
    if (list == null) {
      list =
          prepare(
              "SELECT id, content FROM record WHERE kind=? AND parent=? AND id>?"
                  + " ORDER BY id LIMIT ?");
    }
    PreparedStatement statement = bound(list, kind, parent, after);
    statement.setInt(4, limit);
    List<StoredRecord> records = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        RecordKey key = new RecordKey(kind, parent, rows.getString(1));
        records.add(new StoredRecord(key, rows.getBytes(2)));
      }
    }
    return records;
  }

  long count(String kind, String parent) throws SQLException {
    if (count == null) {
      count = prepare("SELECT count(*) FROM record WHERE kind=? AND parent=?");
    }
    try (ResultSet rows = bound(count, kind, parent).executeQuery()) {
      return rows.getLong(1);
    }
  }

  List<StoredRecord> all(String kind) throws SQLException {
    if (all == null) {
      all = prepare("SELECT parent, id, content FROM record WHERE kind=? ORDER BY parent, id");
    }
    List<StoredRecord> records = new ArrayList<>();
    try (ResultSet rows = bound(all, kind).executeQuery()) {
      while (rows.next()) {
        RecordKey key = new RecordKey(kind, rows.getString(1), rows.getString(2));
        records.add(new StoredRecord(key, rows.getBytes(3)));
      }
    }
    return records;
  }

  int put(RecordKey key, byte[] content) throws SQLException {
    if (put == null) {
      put =
          prepare(
              "INSERT INTO record (kind, parent, id, content) VALUES (?, ?, ?, ?)"
                  + " ON CONFLICT (kind, parent, id) DO UPDATE SET content=excluded.content");
    }
    PreparedStatement statement = bound(put, key.kind(), key.parent(), key.id());
    statement.setBytes(4, content);
    return statement.executeUpdate();
  }

  int delete(RecordKey key) throws SQLException {
    if (delete == null) {
      delete = prepare("DELETE FROM record WHERE kind=? AND parent=? AND id=?");
    }
    return bound(delete, key.kind(), key.parent(), key.id()).executeUpdate();
  }

  int deleteAll(String kind, String parent) throws SQLException {
    if (deleteAll == null) {
      deleteAll = prepare("DELETE FROM record WHERE kind=? AND parent=?");
    }
    return bound(deleteAll, kind, parent).executeUpdate();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private PreparedStatement prepare(String sql) throws SQLException {
    return connection.prepareStatement(sql);
  }

  private static PreparedStatement bound(PreparedStatement statement, String... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setString(i + 1, values[i]);
    }
    return statement;
  }
}
