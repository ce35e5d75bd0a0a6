package io.portico.gateway.execute.integration;

import io.portico.gateway.execute.EndpointResponse;
import io.portico.gateway.execute.Observations;
import io.portico.gateway.http.Body;
import java.io.IOException;
import java.io.OutputStream;

/** When the first content of a backend's answer is there: only where an access log asks for it. */
final class FirstContent {
  private FirstContent() {}

  /** The answer; whoever takes its content has that observed. */
  static EndpointResponse observed(EndpointResponse response, Observations observations) {
    switch (response.body()) {
      case Body.Empty empty -> {
        // There is none.
      }
      case Body.Buffered buffered -> observations.contentBegan(System.nanoTime());
      case Body.Streamed streamed -> streamed.whenBegun(observations::contentBegan);
      case Body.Produced produced -> {
        return response.with(
            new Body.Produced(out -> produced.producer().writeTo(new Watched(out, observations))));
      }
    }
    return response;
  }

  /** Content that is handed on as it is made. */
  private static final class Watched extends OutputStream {
    private final OutputStream out;
    private final Observations observations;
    private boolean begun;

    Watched(OutputStream out, Observations observations) {
      this.out = out;
      this.observations = observations;
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] content, int offset, int length) throws IOException {
      if (!begun && length > 0) {
        begun = true;
        observations.contentBegan(System.nanoTime());
      }
      out.write(content, offset, length);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }
  }
}
