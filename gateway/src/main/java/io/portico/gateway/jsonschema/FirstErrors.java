package io.portico.gateway.jsonschema;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import io.portico.gateway.compute.Carrier;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;

/**
 * The context of one validation, which ends with the tenth error: a body can break its schema in
 * more places than it has bytes to spare for.
 */
final class FirstErrors extends ExecutionContext {
  private static final int MAX = 10;

  /** Keywords between two words to the carrier. */
  private static final int PULSE = 128;

  private final List<Error> found = new ArrayList<>();

  private final Carrier carrier;
  private int keywords;

  /**
   * @param carrier carries the validating thread
   */
  FirstErrors(ExecutionConfig config, Carrier carrier) {
    super(config);
    this.carrier = carrier;
    super.setErrors(new Kept(found, true));
  }

  /** The errors so far, in the order found. */
  List<Error> found() {
    return List.copyOf(found);
  }

  /** Called for each keyword that is evaluated. */
  @Override
  public void evaluationPathAddLast(String keyword) {
    if (++keywords % PULSE == 0) {
      carrier.computing();
    }
    super.evaluationPathAddLast(keyword);
  }

  /**
   * Bounds the list in which a keyword collects the errors of an alternative. That one fails by its
   * first error; whether the instance does, the others decide.
   */
  @Override
  public void setErrors(List<Error> errors) {
    super.setErrors(errors instanceof Kept ? errors : new Kept(errors, false));
  }

  /** A list that takes no more than the first errors. */
  private static final class Kept extends AbstractList<Error> {
    private final List<Error> errors;
    private final boolean ends;

    /**
     * @param ends whether the validation ends when the list is full
     */
    Kept(List<Error> errors, boolean ends) {
      this.errors = errors;
      this.ends = ends;
    }

    @Override
    public boolean add(Error error) {
      boolean taken = errors.size() < MAX && errors.add(error);
      if (ends && errors.size() >= MAX) {
        throw new EnoughErrorsException();
      }
      return taken;
    }

    @Override
    public Error get(int index) {
      return errors.get(index);
    }

    @Override
    public int size() {
      return errors.size();
    }

    @Override
    public void clear() {
      errors.clear();
    }
  }

  /** The instance is known to be invalid, and why. */
  static final class EnoughErrorsException extends RuntimeException {
    EnoughErrorsException() {
      super("enough errors are found", null, false, false);
    }
  }
}
