using System.CommandLine;
using DeltaEdge.Inference.Engine;
using DeltaEdge.ModelCompiler;
using DeltaEdge.Worker.Hosting;

namespace DeltaEdge.Cli.Model;

/// <summary><c>deltaedge model</c>; its <c>compile</c> writes safetensors to ONNX, ahead of the first start.</summary>
internal static class ModelCommand
{
    public static Command Create()
    {
        var package = new Argument<string?>("package") { Description = "Folder of the package: config.json, manifest.json, tokenizer.json and safetensors (docs/models.md); default: the model that ships.", Arity = ArgumentArity.ZeroOrOne };
        var compile = new Command("compile", "Compile a model package to ONNX graphs; a start does this by itself when the package has changed. Example: deltaedge model compile models/nano") { package };
        compile.SetAction(parsed => Compile(parsed.GetValue(package)));
        return new Command("model", "Work with model packages.") { compile, SwapCommand.Create() };
    }

    private static int Compile(string? package)
    {
        var folder = ModelLocation.Find(package);
        EngineModel.RequireServable(folder);
        var compiled = ModelPackageCompiler.Compile(folder);
        Console.WriteLine($"Compiled: {compiled.Directory}");
        return 0;
    }
}
