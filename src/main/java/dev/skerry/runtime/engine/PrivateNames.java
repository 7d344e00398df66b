package dev.skerry.runtime.engine;

import com.oracle.truffle.api.instrumentation.SourceSectionFilter;
import com.oracle.truffle.api.instrumentation.StandardTags;
import com.oracle.truffle.api.instrumentation.TruffleInstrument;
import com.oracle.truffle.api.nodes.LoopNode;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.nodes.NodeUtil;
import com.oracle.truffle.api.nodes.RootNode;
import com.oracle.truffle.api.object.HiddenKey;
import com.oracle.truffle.api.source.SourceSection;
import com.oracle.truffle.js.nodes.access.JSConstantNode;
import com.oracle.truffle.js.nodes.access.NewPrivateNameNode;
import com.oracle.truffle.js.nodes.access.PropertySetNode;
import com.oracle.truffle.js.nodes.function.ClassDefinitionNode;
import com.oracle.truffle.js.runtime.JSContext;
import com.oracle.truffle.js.runtime.builtins.JSFunction;
import org.graalvm.polyglot.Engine;

/**
 * Gives the private names of classes ({@code #name}) one key for all isolates. The engine makes a key each time that a class is evaluated, once
 * in each isolate: then their objects have no shape in common, code that all isolates share is compiled anew for the second and the third isolate, and from the
 * fourth on it looks each private member up in a table. So here the key is made when the code is loaded.
 *
 * <p>Only for classes that are evaluated once in an isolate: at the top level of a module. A class in a function or in a loop is another one each
 * time, and its objects must not pass for each other's. A key gives access to nothing: it is not a value that code can have.
 *
 * <p>An instrument of the engine, since only instruments see the code before it runs. Thread-safe.
 */
public final class PrivateNames extends TruffleInstrument {
    private static final String ID = "skerry-private-names";

    /** Begins with the engine; before any code is loaded. */
    static void share(Engine engine) {
        Instrument.begin(engine, ID, PrivateNames.class);
    }

    @Override
    protected void onCreate(Env env) {
        env.getInstrumenter()
                .attachLoadSourceSectionListener(
                        SourceSectionFilter.newBuilder()
                                .tagIs(StandardTags.RootTag.class)
                                .lineStartsIn(SourceSectionFilter.IndexRange.byLength(1, 1))
                                .build(),
                        event -> share(event.getNode().getRootNode()),
                        false);
        env.registerService(this);
    }

    private static void share(RootNode root) {
        if (!spansItsSource(root)) {
            return;
        }
        for (ClassDefinitionNode definition : NodeUtil.findAllNodeInstances(root, ClassDefinitionNode.class)) {
            if (NodeUtil.findParent(definition, LoopNode.class) == null) {
                for (Node child : definition.getChildren()) {
                    if (child instanceof PropertySetNode set && set.getKey() == JSFunction.PRIVATE_BRAND_ID) {
                        set.replace(new SharedBrand(set.getContext()));
                    }
                }
            }
        }
        for (NewPrivateNameNode name : NodeUtil.findAllNodeInstances(root, NewPrivateNameNode.class)) {
            if (NodeUtil.findParent(name, LoopNode.class) == null) {
                name.replace(JSConstantNode.create(name.execute(null)));
            }
        }
    }

    /** Whether it is a module, or the function that a guest module is in. */
    private static boolean spansItsSource(RootNode root) {
        SourceSection section = root.getSourceSection();
        return section != null
                && section.isAvailable()
                && section.getCharLength() >= section.getSource().getLength() - "()".length();
    }

    /** The key by which the objects of a class with private methods are known. */
    private static final class SharedBrand extends PropertySetNode {
        private final HiddenKey brand = new HiddenKey("Brand");

        SharedBrand(JSContext context) {
            super(JSFunction.PRIVATE_BRAND_ID, context, false, false, true, 0, false, false);
        }

        @Override
        protected void setValue(Object target, Object made, Object receiver) {
            super.setValue(target, brand, receiver);
        }
    }

    /** Named in META-INF/services. */
    @TruffleInstrument.Registration(id = ID, name = "Skerry's private names", services = PrivateNames.class)
    public static final class Registered extends Instrument<PrivateNames> {
        public Registered() {
            super(PrivateNames.class, PrivateNames::new);
        }
    }
}
