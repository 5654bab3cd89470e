import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.opensearch.Version;
import org.opensearch.common.settings.Settings;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.plugins.PluginInfo;

/** One OpenSearch node with the modules that the index uses, all of them on the class path; arguments are settings, name=value. */
public final class TestNode extends Node {
    private TestNode(Settings settings) {
        super(InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), Path.of(settings.get("path.home"), "config"), () -> "test"),
            List.of(
                module("lang-painless", "org.opensearch.painless.PainlessModulePlugin"),
                module("analysis-common", "org.opensearch.analysis.common.CommonAnalysisModulePlugin", "lang-painless"),
                module("transport-netty4", "org.opensearch.transport.Netty4ModulePlugin"),
                module("reindex", "org.opensearch.index.reindex.ReindexModulePlugin")),
            true);
    }

    private static PluginInfo module(String name, String plugin, String... extended) {
        return new PluginInfo(name, "", "", Version.CURRENT, "21", plugin, null, List.of(extended), false);
    }

    public static void main(String[] args) throws Exception {
        Settings.Builder settings = Settings.builder();
        for (String arg : args) {
            int at = arg.indexOf('=');
            settings.put(arg.substring(0, at), arg.substring(at + 1));
        }
        Node node = new TestNode(settings.build());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                node.close();
            } catch (Exception e) {
                e.printStackTrace();
            }
        }));
        node.start();
        new CountDownLatch(1).await();
    }
}
