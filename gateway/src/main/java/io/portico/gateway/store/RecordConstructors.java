package io.portico.gateway.store;

import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.ValueInstantiators;
import tools.jackson.databind.deser.std.StdValueInstantiator;
import tools.jackson.databind.introspect.AnnotatedConstructor;
import tools.jackson.databind.module.SimpleModule;

/**
 * Has Jackson call a record's constructor by reflection. By itself it spreads the values over a
 * method handle, which the JVM spins from byte code for each number of members: a sixth of a start.
 */
final class RecordConstructors implements ValueInstantiators {
  private RecordConstructors() {}

  static JacksonModule module() {
    return new SimpleModule("record constructors") {
      @Override
      public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.addValueInstantiators(new RecordConstructors());
      }
    };
  }

  @Override
  public @Nullable ValueInstantiator findValueInstantiator(
      DeserializationConfig config, BeanDescription.Supplier description) {
    return null;
  }

  @Override
  public ValueInstantiator modifyValueInstantiator(
      DeserializationConfig config,
      BeanDescription.Supplier description,
      ValueInstantiator instantiator) {
    return description.isRecordType() && instantiator instanceof StdValueInstantiator standard
        ? new Reflective(standard)
        : instantiator;
  }

  private static final class Reflective extends StdValueInstantiator {
    Reflective(StdValueInstantiator standard) {
      super(standard);
    }

    @Override
    public Object createFromObjectWith(DeserializationContext context, Object[] members) {
      if (!(_withArgsCreator instanceof AnnotatedConstructor creator)) {
        return super.createFromObjectWith(context, members);
      }
      try {
        return creator.getAnnotated().newInstance(members);
      } catch (InvocationTargetException e) {
        if (e.getTargetException() instanceof Error error) {
          throw error;
        }
        return context.handleInstantiationProblem(
            _valueClass, members, rewrapCtorProblem(context, e.getTargetException()));
      } catch (ReflectiveOperationException | IllegalArgumentException e) {
        return context.handleInstantiationProblem(_valueClass, members, e);
      }
    }
  }
}
