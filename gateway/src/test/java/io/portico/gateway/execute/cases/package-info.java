/**
 * The data plane's {@code .case} files and what runs them: records are compiled, a request goes
 * through the front door and the pipeline, a scripted backend answers. {@code README.md} beside the
 * files describes their form.
 */
@NullMarked
package io.portico.gateway.execute.cases;

import org.jspecify.annotations.NullMarked;
