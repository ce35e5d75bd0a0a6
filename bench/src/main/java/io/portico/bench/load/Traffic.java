package io.portico.bench.load;

import io.portico.bench.process.Cores;
import java.nio.file.Path;

/** What clients send through every gateway of a comparison. */
public interface Traffic {

  /** The class whose main method is the backend; it prints {@code port N}. */
  Class<?> backend();

  int connections();

  /** Its kind and number, as the text below a table has it: {@code 64 keep-alive connections}. */
  String words();

  /** What sends it, on the load core; leaves its error output in {@code folder}. */
  Load load(Cores cores, Path folder);

  /**
   * One exchange before anything is measured: a gateway that answers wrongly is not worth a number.
   *
   * @throws io.portico.bench.process.BenchFailure if the answer is another than the backend's
   */
  void check(Target target);
}
