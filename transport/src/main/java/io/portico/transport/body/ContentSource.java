package io.portico.transport.body;

/** The connection content arrives on. Called on its own loop. */
public interface ContentSource {

  /** Somebody wants the content, for the first time. */
  void demanded();

  /** No more bytes for now: whoever takes them cannot keep up. */
  void pause();

  /** Bytes are welcome again. */
  void resume();

  /** Nobody wants the rest. */
  void abandoned();
}
