package io.portico.gateway.jsonschema;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.path.NodePath;
import io.portico.gateway.compute.Carrier;
import java.util.AbstractList;
import java.util.List;

/**
 * One evaluation of a schema. What is wrong is told as it is found and not kept: a body can break
 * its schema in more places than it has bytes to spare for.
 */
abstract class Evaluation extends ExecutionContext {
  /** Keywords between two words to the carrier. */
  private static final int PULSE = 128;

  private final Carrier carrier;
  private int keywords;

  /**
   * @param carrier carries the evaluating thread
   */
  Evaluation(ExecutionConfig config, Carrier carrier) {
    super(config);
    this.carrier = carrier;
    super.setErrors(new Told());
  }

  /** Told of each error outside of alternatives, and of some of an alternative's if all fail. */
  abstract void failed(Error error);

  /** Told of each value whose format is one that the validator does not know. */
  abstract void unknownFormat(String name, NodePath location);

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
    super.setErrors(errors instanceof Passing ? errors : new First(errors));
  }

  /** A list that is no more than a way for errors. */
  private abstract static class Passing extends AbstractList<Error> {
    @Override
    public abstract boolean add(Error error);

    @Override
    public Error get(int index) {
      throw new IndexOutOfBoundsException(index);
    }
  }

  private final class Told extends Passing {
    @Override
    public boolean add(Error error) {
      failed(error);
      return true;
    }

    @Override
    public int size() {
      return 0;
    }
  }

  private static final class First extends Passing {
    private final List<Error> errors;

    First(List<Error> errors) {
      this.errors = errors;
    }

    @Override
    public boolean add(Error error) {
      return errors.isEmpty() && errors.add(error);
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
}
