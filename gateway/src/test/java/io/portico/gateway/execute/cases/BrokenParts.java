package io.portico.gateway.execute.cases;

import io.portico.gateway.execute.usage.LedgerException;
import io.portico.gateway.execute.usage.MeteredKey;
import io.portico.gateway.execute.usage.UsageLedger;
import io.portico.gateway.execute.usage.UsedDay;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.websocket.WebSocketClose;
import io.portico.gateway.http.websocket.WebSocketConnection;
import io.portico.gateway.http.websocket.WebSocketMessage;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.util.List;

/** Parts that do not do what they are for. */
final class BrokenParts {
  private BrokenParts() {}

  /** A store that has no room. */
  static final class FullLedger implements UsageLedger {
    @Override
    public List<UsedDay> days(MeteredKey key, long from, long to) {
      throw new LedgerException("full", new IOException("full"));
    }

    @Override
    public void write(List<Entry> entries) {
      throw new LedgerException("full", new IOException("full"));
    }

    @Override
    public void forgetBefore(long day) {}
  }

  /** A client that is there, and takes nothing. */
  static final class FullClient implements WebSocketConnection {
    @Override
    public boolean send(WebSocketMessage message) {
      return false;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close(WebSocketClose how) {}

    @Override
    public String remoteIp() {
      return "192.0.2.7";
    }

    @Override
    public Instant connectedAt() {
      return Instant.EPOCH;
    }

    @Override
    public Instant lastActiveAt() {
      return Instant.EPOCH;
    }
  }

  /** A client that does not go on. */
  static final class LateBody implements Body.Streamed {
    @Override
    public long length() {
      return 100;
    }

    @Override
    public byte[] readAll(long most) throws IOException {
      throw new SocketTimeoutException("late");
    }

    @Override
    public byte[] readAll(long most, long deadline) throws IOException {
      throw new SocketTimeoutException("late");
    }

    @Override
    public Body gather(long most, long deadline) throws IOException {
      return Body.of(readAll(most));
    }

    @Override
    public Body gatherText(long most, long deadline) throws IOException {
      return Body.of(readAll(most));
    }

    @Override
    public InputStream open() {
      throw new AssertionError("read piece by piece");
    }

    @Override
    public void discard() {}

    @Override
    public void limitTo(long bytes) {}
  }
}
